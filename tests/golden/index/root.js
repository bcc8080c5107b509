window.govreport.receive("root",[6,3,[],[["7e31b3881ed33c5f",2,7,6,25,176,"",0,","]]]);
