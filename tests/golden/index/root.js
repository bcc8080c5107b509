window.govreport.receive("root",[5,3,[],[["6f701faf4e6b0071",2,7,6,25,176,"",0,","]]]);
