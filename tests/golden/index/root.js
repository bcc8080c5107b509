window.govreport.receive("root",[4,3,[],[["984be619052c07da",2,7,"",0,","]]]);
