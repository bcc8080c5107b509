window.govreport.receive("breaks",[1,"#"]);
